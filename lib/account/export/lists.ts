import "server-only";
import { billingLists } from "./billing-lists";
import type { List } from "./list";
import { personLists } from "./person-lists";
import { exportLists, type ListName } from "./schema";
import { usageLists } from "./usage-lists";

/** Where each list of the export comes from. */
export const lists: { [Name in ListName]: List } = {
  ...personLists,
  ...billingLists,
  ...usageLists,
};

/** The lists in the order in which they stand in the file. */
export const listNames = Object.keys(exportLists) as ListName[];
