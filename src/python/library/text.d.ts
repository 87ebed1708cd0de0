/** A module of Python's library: the path of its source. */
declare module "*.py" {
  const path: string;
  export default path;
}
