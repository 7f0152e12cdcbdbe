// What a reader has chosen, kept in this browser.
import { signal } from "./signal";

const stored = (name: string, otherwise: string) => localStorage.getItem(`mistral.${name}`) ?? otherwise;

export const zone = signal(stored("zone", "local"));
export const theme = signal(stored("theme", "system"));
/** Whether single keys do something: some people's software types them. */
export const singleKeys = signal(stored("keys", "on") === "on");

/** Zones to choose from besides local time and UTC. */
export const zones = (): string[] => (Intl as unknown as { supportedValuesOf?: (key: string) => string[] }).supportedValuesOf?.("timeZone").filter((name) => name !== "UTC") ?? [];

export function chooseZone(value: string) {
  localStorage.setItem("mistral.zone", value);
  zone.set(value);
}

export function chooseTheme(value: string) {
  localStorage.setItem("mistral.theme", value);
  if (value === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = value;
  theme.set(value);
}
