/** Values as JSON, with the rules by which the service stores what actions return. */
/** The text of a value. What JSON cannot say is converted: dates, maps, sets, bytes, big numbers, errors. */
export declare function toJson(value: unknown): string;
