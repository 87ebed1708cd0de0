/** A module of Python's library, embedded as text. */
declare module "*.py" {
  const text: string;
  export default text;
}
