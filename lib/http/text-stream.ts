import "server-only";
import { logger } from "@/lib/observability/logger";

/**
 * A body of text that is made as it is read. The first piece is made before this resolves, so that what fails
 * at once can still be answered with a status; what fails later is logged and breaks the body off.
 */
export async function textStream(
  pieces: AsyncGenerator<string>,
): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder();
  let next = await pieces.next();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (next.done) return controller.close();
      controller.enqueue(encoder.encode(next.value));
      try {
        next = await pieces.next();
      } catch (error) {
        logger.error({ err: error }, "A body broke off");
        controller.error(error);
      }
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
