// @scrimp/rewrite turns findings into edit plans; nothing is exported yet.
export {};
