// A part of an axis, chosen by dragging over it; whoever cannot or will not drag has fields or single bars beside it.
import { useRef, useState } from "preact/hooks";

/** Pointers move a little when they click. */
const LEAST = 4;

export interface Stretch {
  /** Parts of the axis, 0 to 1, the smaller first. */
  from: number;
  to: number;
}

/** What listens on the element over which is dragged, whose `axis` says where a pointer is; and what is being chosen now. */
export function useStretch(axis: (event: PointerEvent) => number, took: (stretch: Stretch) => void) {
  const begun = useRef<{ at: number; x: number } | undefined>(undefined);
  const [now, show] = useState<Stretch>();
  const stretch = (event: PointerEvent): Stretch | undefined => {
    const before = begun.current;
    if (!before || Math.abs(event.clientX - before.x) < LEAST) return undefined;
    const at = axis(event);
    return { from: Math.min(before.at, at), to: Math.max(before.at, at) };
  };
  const end = () => {
    begun.current = undefined;
    show(undefined);
  };
  return {
    now,
    listeners: {
      onPointerDown: (event: PointerEvent) => {
        if (event.button === 0 && event.pointerType !== "touch") begun.current = { at: axis(event), x: event.clientX };
      },
      onPointerMove: (event: PointerEvent) => {
        const made = stretch(event);
        if (!made) return;
        // From here on it is no click on what lies below.
        (event.currentTarget as Element).setPointerCapture(event.pointerId);
        show(made);
      },
      onPointerUp: (event: PointerEvent) => {
        const made = stretch(event);
        end();
        if (made) took(made);
      },
      onPointerCancel: end,
    },
  };
}

/** Where a pointer is over the width of an element, 0 to 1. */
export function partOf(element: Element, event: PointerEvent): number {
  const box = element.getBoundingClientRect();
  return Math.max(0, Math.min(1, (event.clientX - box.left) / Math.max(1, box.width)));
}
