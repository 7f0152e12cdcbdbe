// Whether the server answers: the dot in the header.
import { signal } from "./signal";

const since = signal<number | undefined>(undefined);

export const link = {
  reached: () => since.set(undefined),
  lost: () => {
    if (since.get() === undefined) since.set(Date.now());
  },
};

/** Whether the reader wants to see no changes for now: nothing is followed and nothing asked again by itself. */
export const paused = signal(false);

/** When the server was lost; undefined while it answers. */
export const useLost = since.use;
