/** Python text that is embedded. */
declare module "*.py" {
  const text: string;
  export default text;
}
