export const view = (p: any) => <div id={p.id} {...p.rest}><Item on={() => p}>text {p.x}</Item><></></div>;
