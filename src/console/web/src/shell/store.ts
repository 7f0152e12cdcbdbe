// What the browser keeps for the tab, and for longer. In a frame on another site it may refuse: then it is kept as long as the page is.
function kept(of: () => Storage) {
  const memory = new Map<string, string>();
  const attempt = <T>(act: (storage: Storage) => T, otherwise: () => T): T => {
    try {
      return act(of());
    } catch {
      return otherwise();
    }
  };
  return {
    get: (name: string): string | null => attempt((storage) => storage.getItem(`mistral.${name}`), () => memory.get(name) ?? null),
    set: (name: string, value: string) => attempt((storage) => storage.setItem(`mistral.${name}`, value), () => void memory.set(name, value)),
    drop: (name: string) => attempt((storage) => storage.removeItem(`mistral.${name}`), () => void memory.delete(name)),
  };
}

export const tab = kept(() => sessionStorage);
export const browser = kept(() => localStorage);
