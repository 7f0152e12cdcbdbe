// What a reader has chosen, kept in this browser.
import { signal } from "./signal";
import { browser } from "./store";

const stored = (name: string, otherwise: string) => browser.get(name) ?? otherwise;

export const zone = signal(stored("zone", "local"));
export const theme = signal(stored("theme", "system"));
/** Whether single keys do something: some people's software types them. */
export const singleKeys = signal(stored("keys", "on") === "on");

/** Zones to choose from besides local time and UTC. */
export const zones = (): string[] => (Intl as unknown as { supportedValuesOf?: (key: string) => string[] }).supportedValuesOf?.("timeZone").filter((name) => name !== "UTC") ?? [];

export function chooseKeys(value: boolean) {
  browser.set("keys", value ? "on" : "off");
  singleKeys.set(value);
}

export function chooseZone(value: string) {
  browser.set("zone", value);
  zone.set(value);
}

export function chooseTheme(value: string) {
  browser.set("theme", value);
  if (value === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = value;
  theme.set(value);
}
