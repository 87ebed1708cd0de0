/** Modules that are written in Python, as text. */
declare module "*.py" {
  const source: string;
  export default source;
}
