export default function (x: number) { return x; }
