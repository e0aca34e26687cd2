import { type Issue, invalidValues } from "../http/errors.ts";
import { array, boolean, nullish, object, uuid } from "../http/schema.ts";

/** What products may have attached at Polar: pictures, and questions to those who buy. */
export const attachments = {
  medias: nullish(array(uuid())),
  attached_custom_fields: nullish(array(object({ custom_field_id: uuid(), required: boolean() }))),
};

interface Attached {
  medias?: readonly string[] | null | undefined;
  attached_custom_fields?: readonly { custom_field_id: string }[] | null | undefined;
}

/**
 * Refuses every attachment: there are neither files nor custom fields here, so that none is known.
 *
 * @throws ApiError 422
 */
export function refuseAttached({ medias, attached_custom_fields }: Attached): void {
  const unknown = (field: string, msg: string, ids: readonly string[]): Issue[] =>
    ids.map((input, index) => ({ type: "value_error", loc: ["body", field, index], msg, input }));
  const issues = [
    ...unknown("medias", "File does not exist or is not yet uploaded.", medias ?? []),
    ...unknown(
      "attached_custom_fields",
      "Custom field does not exist.",
      (attached_custom_fields ?? []).map(({ custom_field_id }) => custom_field_id),
    ),
  ];
  if (issues.length > 0) throw invalidValues(issues);
}
