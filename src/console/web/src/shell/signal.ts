// A value that components follow.
import { useEffect, useState } from "preact/hooks";

export function signal<T>(first: T) {
  let value = first;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set: (next: T) => {
      if (Object.is(value, next)) return;
      value = next;
      for (const listener of listeners) listener();
    },
    listen: (listener: () => void) => void listeners.add(listener),
    use: () => {
      const [, show] = useState(0);
      useEffect(() => {
        const listener = () => show((n) => n + 1);
        listeners.add(listener);
        return () => void listeners.delete(listener);
      }, []);
      return value;
    },
  };
}
