export type Matrix = { size: number; data: ArrayLike<number> };

const quiet = 4;

export function viewBox(matrix: Matrix): string {
  const side = matrix.size + quiet * 2;
  return `0 0 ${side} ${side}`;
}

/** One path for all dark modules, a run of them in a row as one rectangle. */
export function path({ size, data }: Matrix): string {
  let d = "";
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (!data[y * size + x]) continue;
      const start = x;
      while (x + 1 < size && data[y * size + x + 1]) x++;
      d += `M${start + quiet} ${y + quiet}h${x - start + 1}v1h-${x - start + 1}z`;
    }
  }
  return d;
}
