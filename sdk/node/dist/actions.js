/** Actions: functions with a name, and what the service is told of them. */
/** Thrown by an action to give its error as a value: any that JSON can say. */
export class Failure extends Error {
    error;
    constructor(error) {
        super("the action failed");
        this.error = error;
        this.name = "Failure";
    }
}
/** Returned by an action that has begun something which somebody completes later over the API. */
export class Started {
}
/** The action says that it was cancelled. */
export class Cancelled extends Error {
    data;
    constructor(data = null) {
        super("the action was cancelled");
        this.data = data;
        this.name = "Cancelled";
    }
}
const actions = new Map();
export function action(name, first, second) {
    const [options, run] = typeof first === "function" ? [{ acceptsAny: true }, first] : [first, second];
    if (typeof run !== "function")
        throw new TypeError(`${name}: there is no function`);
    const made = { name, options, run };
    actions.set(name, made);
    return made;
}
/** All that `action` made, by name. */
export function registered() {
    return [...actions.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
function parameters(options) {
    return Object.entries(options.input ?? {}).map(([name, given]) => [name, typeof given === "string" ? { type: given } : given]);
}
/** The action as the service wants it described. */
export function describe({ name, options }) {
    const shown = parameters(options).map(([key, { type, description }]) => `${key}: ${type ?? "any"}${description ? ` (${description})` : ""}`);
    const text = [options.description ?? "", shown.length > 0 ? `Input: ${shown.join(", ")}` : ""].filter(Boolean).join("\n\n");
    return {
        name,
        description: Buffer.byteLength(text) > 4096 ? text.slice(0, 1000) : text,
        input: parameters(options).map(([key, parameter]) => ("default" in parameter ? { [key]: parameter.default ?? null } : key)),
        accepts_any: options.acceptsAny ?? false,
        is_sync: options.isSync ?? true,
        needs_security_context: options.needsSecurityContext ?? false,
        class: name,
    };
}
function fits(type, value) {
    switch (type) {
        case "any":
            return true;
        case "integer":
            return Number.isInteger(value);
        case "array":
            return Array.isArray(value);
        case "object":
            return typeof value === "object" && value !== null && !Array.isArray(value);
        default:
            return typeof value === type;
    }
}
/** The input with its defaults. Throws a TypeError that names what is wrong. */
export function checked({ options }, input) {
    const complete = { ...input };
    for (const [name, parameter] of parameters(options)) {
        if (!(name in complete)) {
            if ("default" in parameter)
                complete[name] = parameter.default;
            continue;
        }
        const isDefault = "default" in parameter && complete[name] === parameter.default;
        if (!isDefault && !fits(parameter.type ?? "any", complete[name])) {
            throw new TypeError(`parameter '${name}' must be ${parameter.type}`);
        }
    }
    return complete;
}
