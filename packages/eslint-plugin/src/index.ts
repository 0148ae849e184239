// eslint-plugin-scrimp shows the engine's findings in ESLint; nothing is exported yet.
export {};
