import js from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
    { ignores: ["node_modules/", "**/dist/", ".leastwise/"] },
    js.configs.recommended,
    ...tseslint.configs.strict,
    {
        languageOptions: { globals: { process: "readonly", console: "readonly", URL: "readonly", Buffer: "readonly" } },
        rules: {
            "@typescript-eslint/no-extraneous-class": "off",
            "@typescript-eslint/consistent-type-imports": "error",
            eqeqeq: "error",
        },
    },
);
