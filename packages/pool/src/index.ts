// @scrimp/pool is the small runtime that rewritten programs import; nothing is exported yet.
export {};
