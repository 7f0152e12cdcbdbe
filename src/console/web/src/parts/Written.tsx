// A field whose value stands elsewhere, as in the address. What somebody writes into it is taken when it is left, or with Enter, and
// nothing that happens around it meanwhile touches it.
import { useLayoutEffect, useRef } from "preact/hooks";

interface Props {
  stands: string;
  take: (written: string) => void;
  /** A day and a time of it. */
  isMoment?: boolean;
  inputMode?: "decimal";
  class?: string;
  title?: string;
  "aria-label"?: string;
}

export function Written({ stands, take, isMoment, ...rest }: Props) {
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    field.current!.value = stands;
  }, [stands]);
  const offer = () => {
    const { value } = field.current!;
    if (value === stands) return;
    take(value);
    // What is not taken is not left standing as if it had been.
    field.current!.value = stands;
  };
  const more = { ...rest, ref: field, onBlur: offer, onKeyDown: (event: KeyboardEvent) => event.key === "Enter" && offer() };
  return isMoment ? <input type="datetime-local" {...more} /> : <input {...more} />;
}
