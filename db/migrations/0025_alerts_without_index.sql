DROP INDEX "alerts_opened_idx";
