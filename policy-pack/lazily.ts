/** An object that is made when something of it is first asked for or set. */
export const lazily = <T extends object>(make: () => T): T => {
    let made: T | undefined;
    const whole = (): T => (made ??= make());
    return new Proxy({} as T, {
        get: (_, key) => Reflect.get(whole(), key) as unknown,
        set: (_, key, value) => Reflect.set(whole(), key, value),
        has: (_, key) => Reflect.has(whole(), key),
        deleteProperty: (_, key) => Reflect.deleteProperty(whole(), key),
        defineProperty: (_, key, as) => Reflect.defineProperty(whole(), key, as),
        ownKeys: () => Reflect.ownKeys(whole()),
        getOwnPropertyDescriptor: (_, key) => Reflect.getOwnPropertyDescriptor(whole(), key),
    });
};
