/* global document, WIDTH, layoutMap, lineOfHop, lineToRight, lineToTarget */
const byId = id => document.getElementById(id);
const map = byId("map");
const form = byId("filters");

const attach = () => {
    const rights = [...map.querySelectorAll(".right")].map(node => ({
        node,
        id: node.id,
        base: node.dataset.base,
        target: node.dataset.target,
        identity: node.dataset.identity,
        tier: node.dataset.tier,
        isKept: node.dataset.change === "unchanged",
        box: node.querySelector(".box"),
        lines: node.querySelectorAll(".line"),
        text: node.querySelector(".box").getAttribute("aria-label").toLowerCase(),
    }));
    const identities = [...map.querySelectorAll(".identity")];
    const models = new Map([...map.querySelectorAll(".target")].map(node => [node.id.replace(/\..*/, ""), node]));
    const paths = [...map.querySelectorAll(".path")];
    const stepsOf = root =>
        [...root.querySelectorAll(".hop")].flatMap(({ dataset }) => [
            dataset.from,
            ...dataset.by.split(" ").filter(Boolean),
            dataset.to,
        ]);
    const onPath = new Set(stepsOf(map));
    const rows = [...document.querySelectorAll("table.rights tbody tr")].map(row => ({
        row,
        text: row.textContent.toLowerCase(),
    }));

    const move = (node, y) => {
        node.classList.toggle("off", y === undefined);
        if (y !== undefined) node.querySelector(".box").setAttribute("transform", `translate(0 ${y})`);
    };

    const putTargets = places => {
        for (const node of map.querySelectorAll(".target")) node.remove();
        for (const [id, y] of places) {
            const node = models.get(id.replace(/\..*/, "")).cloneNode(true);
            node.id = id;
            move(node, y);
            map.append(node);
        }
    };

    const redraw = groups => {
        const places = layoutMap(groups);
        for (const node of identities) move(node, places.identities.get(node.id));
        putTargets(places.targets);
        for (const right of rights) {
            const { node, id, identity, lines } = right;
            const y = places.rights.get(id);
            move(node, y);
            if (y === undefined) continue;
            lines[0].setAttribute("d", lineToRight(places.identities.get(identity), y));
            lines[1].setAttribute("d", lineToTarget(y, places.targets.get(places.targetOf.get(id))));
            right.target = places.targetOf.get(id);
        }
        for (const path of paths)
            for (const hop of path.querySelectorAll(".hop")) {
                const from = places.identities.get(hop.dataset.from);
                const toIdentity = places.identities.get(hop.dataset.to);
                const toRight = places.rights.get(hop.dataset.to);
                const to = toIdentity ?? toRight;
                const isDrawn = from !== undefined && to !== undefined;
                const line = toIdentity === undefined ? lineToRight : lineOfHop;
                hop.setAttribute("d", isDrawn ? line(from, to, Number(path.dataset.lane)) : "");
            }
        map.setAttribute("viewBox", `0 0 ${WIDTH} ${places.height}`);
        map.setAttribute("height", places.height);
    };

    const inThousands = count => String(count).replace(/\B(?=(\d{3})+$)/g, ",");
    const shownInWords = count => `${inThousands(count)} of ${inThousands(rights.length)} rights shown`;

    const toLayout = right => ({ id: right.id, target: right.base });

    const apply = () => {
        const identity = byId("filter-identity").value;
        const tiers = new Set([...form.querySelectorAll("[name=tier]:checked")].map(({ value }) => value));
        const withKept = byId("filter-unchanged").checked;
        const search = byId("filter-text").value.trim().toLowerCase();
        const narrows = identity !== "" || search !== "";
        const isShown = right =>
            (identity === "" || right.identity === identity) &&
            tiers.has(right.tier) &&
            (withKept || !right.isKept || (onPath.has(right.id) && !narrows)) &&
            (search === "" || right.text.includes(search));
        const shown = rights.filter(isShown);
        const byIdentity = Map.groupBy(shown, right => right.identity);
        const groups = identities
            .map(({ id }) => ({ id, rights: (byIdentity.get(id) ?? []).map(toLayout) }))
            .filter(group => group.rights.length > 0 || (onPath.has(group.id) && !narrows));
        redraw(groups);
        const key = identity === "" ? "" : byId("filter-identity").selectedOptions[0].textContent.toLowerCase();
        for (const { row, text } of rows)
            row.hidden =
                (key !== "" && row.cells[1].textContent.toLowerCase() !== key) ||
                !tiers.has(row.dataset.tier) ||
                (search !== "" && !text.includes(search));
        byId("filter-count").textContent = shownInWords(shown.length);
        clear();
        makeReachable();
    };

    const boxes = kind => [...map.querySelectorAll(`.${kind}:not(.off) > .box`)];
    const columnOf = box => ["identity", "right", "target"].find(kind => box.parentNode.classList.contains(kind));
    const yOf = box => Number(/ (-?[\d.]+)\)/.exec(box.getAttribute("transform"))?.[1] ?? 0);

    const linked = node => {
        if (node.classList.contains("right"))
            return [node, byId(node.dataset.identity), byId(rights.find(right => right.node === node).target)];
        const key = node.classList.contains("identity") ? "identity" : "target";
        const own = rights.filter(right => right[key] === node.id && !right.node.classList.contains("off"));
        return [node, ...own.flatMap(right => [right.node, byId(right.identity), byId(right.target)])];
    };

    const clear = () => {
        map.classList.remove("tracing");
        for (const node of map.querySelectorAll(".on")) node.classList.remove("on");
    };

    const trace = nodes => {
        clear();
        map.classList.add("tracing");
        for (const node of nodes) node.classList.add("on");
    };

    const tell = box => {
        byId("map-detail").textContent = box.getAttribute("aria-label");
    };

    const follow = box => {
        trace(linked(box.parentNode));
        tell(box);
    };

    const makeReachable = box => {
        for (const each of map.querySelectorAll(".box[tabindex='0']")) each.setAttribute("tabindex", "-1");
        (box ?? boxes("identity")[0] ?? boxes("right")[0])?.setAttribute("tabindex", "0");
    };

    const focus = box => {
        if (box === undefined) return;
        makeReachable(box);
        box.focus();
        box.scrollIntoView({ block: "nearest", inline: "nearest" });
    };

    const sideways = (box, step) => {
        const kinds = ["identity", "right", "target"];
        const kind = kinds[kinds.indexOf(columnOf(box)) + step];
        if (kind === undefined) return undefined;
        const near = linked(box.parentNode).filter(node => node.classList.contains(kind));
        return near.map(node => node.querySelector(".box")).sort((a, b) => yOf(a) - yOf(b))[0];
    };

    const along = (box, step) => {
        const column = boxes(columnOf(box)).sort((a, b) => yOf(a) - yOf(b));
        if (step === Infinity) return column.at(-1);
        return step === -Infinity ? column[0] : column[column.indexOf(box) + step];
    };

    const KEYS = {
        ArrowDown: box => along(box, 1),
        ArrowUp: box => along(box, -1),
        Home: box => along(box, -Infinity),
        End: box => along(box, Infinity),
        ArrowRight: box => sideways(box, 1),
        ArrowLeft: box => sideways(box, -1),
    };

    map.addEventListener("keydown", event => {
        const box = event.target.closest(".box");
        if (box === null) return;
        if (event.key === "Escape") return clear();
        const next = KEYS[event.key];
        if (next === undefined) return;
        event.preventDefault();
        focus(next(box));
    });
    byId("map-frame").addEventListener("focusin", event => {
        const box = event.target.closest(".box");
        if (box !== null) follow(box);
    });
    map.addEventListener("pointerover", event => {
        const box = event.target.closest(".box");
        if (box !== null) follow(box);
    });
    map.addEventListener("pointerleave", clear);
    map.addEventListener("click", event => focus(event.target.closest(".box") ?? undefined));

    for (const button of document.querySelectorAll(".trace")) {
        button.hidden = false;
        button.addEventListener("click", () => {
            form.reset();
            apply();
            const path = byId(button.dataset.path);
            const ends = stepsOf(path);
            trace([path, ...ends.map(byId).filter(node => node !== null)]);
            byId("map-frame").scrollIntoView({ block: "start" });
            const first = byId(ends[0])?.querySelector(".box");
            first?.scrollIntoView({ block: "center", inline: "nearest" });
            byId("map-detail").textContent = button
                .closest("li")
                .querySelector("p")
                .textContent.replace("Show in map", "")
                .replace(/\s+/g, " ")
                .trim();
        });
    }
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("submit", event => event.preventDefault());
    makeReachable();
    byId("filter-count").textContent = shownInWords(
        rights.filter(({ node }) => !node.classList.contains("off")).length,
    );
};

if (map !== null) attach();
