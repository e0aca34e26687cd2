import "server-only";
import { metrics } from "./process";

/** What became of a delivery. */
type Receipt = { status: "stored" | "forged" | "malformed" };

/** Receives a delivery, and notes how long Polar waited for that; it gives up after ten seconds. */
export async function timeReceipt<T extends Receipt>(receive: () => Promise<T>): Promise<T> {
  const end = metrics().receiptDuration.startTimer();
  try {
    const receipt = await receive();
    end({ outcome: receipt.status });
    return receipt;
  } catch (error) {
    end({ outcome: "failed" });
    throw error;
  }
}
