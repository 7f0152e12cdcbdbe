/** Values as JSON, with the rules by which the service stores what actions return. */
const MAX_DEPTH = 32;
/** The text of a value. What JSON cannot say is converted: dates, maps, sets, bytes, big numbers, errors. */
export function toJson(value) {
    return JSON.stringify(toPrimitive(value, 0, [])) ?? "null";
}
function toPrimitive(value, depth, above) {
    switch (typeof value) {
        case "string":
        case "boolean":
            return value;
        case "number":
            return Number.isFinite(value) ? value : null;
        case "bigint":
            return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : String(value);
        case "undefined":
            return null;
        case "function":
        case "symbol":
            return String(value);
    }
    if (value === null)
        return null;
    const object = value;
    if (object instanceof Date)
        return object.toISOString();
    if (object instanceof Error)
        return object.message;
    if (object instanceof Uint8Array)
        return new TextDecoder("utf-8", { fatal: true }).decode(object);
    if (object instanceof URL || object instanceof RegExp)
        return String(object);
    if (depth >= MAX_DEPTH)
        return String(object);
    if (above.includes(object))
        throw new TypeError("the value holds itself");
    const inside = [...above, object];
    const each = (item) => toPrimitive(item, depth + 1, inside);
    if (typeof object.toJSON === "function")
        return each(object.toJSON());
    if (object instanceof Map)
        return Object.fromEntries([...object].map(([key, item]) => [String(key), each(item)]));
    if (typeof object[Symbol.iterator] === "function")
        return Array.from(object, each);
    const members = {};
    for (const [key, item] of Object.entries(object))
        if (item !== undefined)
            members[key] = each(item);
    return members;
}
