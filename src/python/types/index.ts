/** All built-in classes get their methods here. */
import "./object.ts";
import "./type.ts";
import "./exception.ts";
import "./str.ts";
import "./bytes.ts";
import "./memoryview.ts";
import "./basic.ts";
import "./int.ts";
import "./bool.ts";
import "./float.ts";
import "./complex.ts";
