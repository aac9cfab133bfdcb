const ENDINGS: Readonly<Record<string, string>> = {
    get: "read",
    test: "read",
    new: "write",
    set: "write",
    update: "write",
    add: "write",
    enable: "write",
    disable: "write",
    register: "write",
    import: "write",
    publish: "write",
    move: "write",
    remove: "delete",
    unregister: "delete",
};

/** How the action of a cmdlet's verb ends: `read`, `write`, `delete`, or the verb itself. */
export const endingOf = (verb: string): string => ENDINGS[verb.toLowerCase()] ?? `${verb.toLowerCase()}/action`;
