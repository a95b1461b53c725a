import type { Groups } from './groups.ts';
import { toScreen, type Frame, type View } from './view.ts';

/** Half the width of a point, CSS pixels: the more there are, the smaller. */
export const radiusFor = (count: number): number => (count <= 600 ? 5 : count <= 2500 ? 4 : count <= 6000 ? 3.2 : 2.6);

/** How much is left of what is not asked for. */
const FAINT = 0.12;

export interface Points {
  /** [count, 2] */
  points: Float32Array;
  groups: Groups;
  /** Whether a group is asked for; null: all are. */
  shown: ReadonlySet<number> | null;
  marked: readonly number[];
}

/** The markers of all groups, and the disc under those that are marked: drawn once and then only copied. */
export interface Sprites {
  markers: readonly HTMLCanvasElement[];
  disc: HTMLCanvasElement;
}

export function spritesOf(
  { groups }: Groups,
  radius: number,
  { ground, ink }: { ground: string; ink: string },
): Sprites {
  const disc = stamp((radius * 1.3 + 1.5) * devicePixelRatio, (context, half) => {
    context.arc(0, 0, half, 0, 2 * Math.PI);
    context.fillStyle = ink;
    context.fill();
  });
  const markers = groups.map(({ mark }) =>
    stamp((radius * 1.3 + 1.5) * devicePixelRatio, (context) => {
      context.scale(radius * devicePixelRatio, radius * devicePixelRatio);
      const path = new Path2D(mark.path);
      // A rim of the ground's colour tells points apart that lie over each other.
      context.lineWidth = 1.6 / radius;
      context.strokeStyle = ground;
      context.stroke(path);
      context.fillStyle = mark.colour;
      context.fill(path);
    }),
  );
  return { markers, disc };
}

/** A small canvas with its middle at the origin. @param half its size, device pixels */
function stamp(half: number, draw: (context: CanvasRenderingContext2D, half: number) => void): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = Math.ceil(2 * half);
  const context = canvas.getContext('2d')!;
  context.translate(canvas.width / 2, canvas.height / 2);
  draw(context, half);
  return canvas;
}

/** All points; those that are not asked for lie faint under the others, marked ones above them. */
export function drawPoints(canvas: HTMLCanvasElement, view: View, frame: Frame, what: Points, sprites: Sprites): void {
  const context = cleared(canvas);
  const { points, groups, shown, marked } = what;
  const ratio = devicePixelRatio;
  const [middleX, middleY, scale] = [(frame.width / 2) * ratio, (frame.height / 2) * ratio, view.scale * ratio];
  const put = (i: number, sprite: HTMLCanvasElement) => {
    const x = (points[2 * i] - view.x) * scale + middleX - sprite.width / 2;
    const y = (view.y - points[2 * i + 1]) * scale + middleY - sprite.height / 2;
    if (x > -sprite.width && y > -sprite.height && x < canvas.width && y < canvas.height)
      context.drawImage(sprite, Math.round(x), Math.round(y));
  };
  // What is marked comes last, and once.
  const later = new Uint8Array(groups.of.length);
  for (const i of marked) later[i] = 1;
  for (const wanted of shown ? [false, true] : [true]) {
    context.globalAlpha = wanted ? 1 : FAINT;
    for (let i = 0; i < groups.of.length; i++)
      if (!later[i] && (!shown || shown.has(groups.of[i]) === wanted)) put(i, sprites.markers[groups.of[i]]);
  }
  // All discs under all markers: crowded clips that are marked stay to be told apart.
  for (const i of marked) put(i, sprites.disc);
  for (const i of marked) put(i, sprites.markers[groups.of[i]]);
}

export interface Over {
  points: Float32Array;
  chosen: number | null;
  under: number | null;
  /** Its nearest neighbours are joined to the chosen one. */
  neighbours: ArrayLike<number>;
  /** In CSS pixels. */
  lasso: readonly { x: number; y: number }[];
  colours: { ink: string; faint: string; accent: string };
}

/** What moves with the pointer and with what is chosen, on a canvas of its own. */
export function drawOver(canvas: HTMLCanvasElement, view: View, frame: Frame, radius: number, over: Over): void {
  const context = cleared(canvas);
  context.scale(devicePixelRatio, devicePixelRatio);
  const { points, colours } = over;
  const at = (i: number) => toScreen(view, frame, { x: points[2 * i], y: points[2 * i + 1] });
  const ring = (i: number, size: number, width: number, colour: string) => {
    const { x, y } = at(i);
    context.beginPath();
    context.arc(x, y, size, 0, 2 * Math.PI);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  };
  if (over.chosen !== null) {
    const from = at(over.chosen);
    context.lineWidth = 1;
    context.strokeStyle = colours.faint;
    for (const i of Array.from(over.neighbours)) {
      const to = at(i);
      context.beginPath();
      context.moveTo(from.x, from.y);
      context.lineTo(to.x, to.y);
      context.stroke();
    }
    ring(over.chosen, radius + 5, 2.5, colours.accent);
  }
  if (over.under !== null) ring(over.under, radius + 4, 1.5, colours.ink);
  if (over.lasso.length > 1) {
    context.beginPath();
    over.lasso.forEach(({ x, y }, index) => (index === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
    context.closePath();
    context.lineWidth = 1.5;
    context.setLineDash([5, 4]);
    context.strokeStyle = colours.accent;
    context.stroke();
    context.globalAlpha = 0.12;
    context.fillStyle = colours.accent;
    context.fill();
  }
}

function cleared(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d')!;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = 1;
  context.setLineDash([]);
  context.clearRect(0, 0, canvas.width, canvas.height);
  return context;
}
