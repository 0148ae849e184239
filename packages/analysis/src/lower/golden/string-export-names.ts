const local = 1;
export { local as 'string name' };
