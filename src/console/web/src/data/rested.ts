// Does something at most so often that it takes a small part of the time: what is wished meanwhile is done once, later.

/** After something has been done there is so much rest, in parts of what it took; and this, milliseconds, at least. */
const PART = 5;
const LEAST = 250;

/** `act`, never twice at once, and with a rest after each time; the last wish is always followed. */
export function rested(act: () => Promise<void>, clock = () => performance.now(), later: (act: () => void, wait: number) => unknown = (act, wait) => setTimeout(act, wait)): () => void {
  let isBusy = false;
  let isWished = false;
  const begin = async () => {
    isBusy = true;
    isWished = false;
    const begun = clock();
    await act();
    later(() => {
      isBusy = false;
      if (isWished) void begin();
    }, Math.max(LEAST, (clock() - begun) * PART));
  };
  return () => {
    if (isBusy) isWished = true;
    else void begin();
  };
}
