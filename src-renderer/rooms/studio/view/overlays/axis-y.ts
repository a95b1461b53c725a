/** Where a value lies on an axis from the lane's bottom to its top; values outside are held to the ends. */
export const axisY = (value: number, [low, high]: readonly [number, number], height: number): number =>
  height - 1 - ((Math.max(low, Math.min(high, value)) - low) / (high - low)) * (height - 2);
