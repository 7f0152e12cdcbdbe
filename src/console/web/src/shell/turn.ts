// Lets others have a turn in the middle of long work: keys, frames, what else waits. A timer would wait four milliseconds each time.

let channel: MessageChannel | undefined;
const waiting: (() => void)[] = [];

/** Does something as a task of its own, soon; the answer says that it is not wanted any more. */
export function soon(act: () => void): () => void {
  if (!channel) {
    channel = new MessageChannel();
    channel.port1.onmessage = () => waiting.shift()!();
  }
  let isWanted = true;
  waiting.push(() => isWanted && act());
  channel.port2.postMessage(0);
  return () => {
    isWanted = false;
  };
}
