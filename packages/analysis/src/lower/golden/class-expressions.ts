export const A = class Inner { clone() { return new Inner(); } };
export const B = class { x; constructor() { this.x = class extends A {}; } };
export default class extends B { accessor level = 1; static accessor #hidden = 2; }
