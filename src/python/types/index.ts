/** All built-in classes get their methods here. */
import "./object.ts";
import "./type.ts";
import "./exception.ts";
import "./basic.ts";
import "./function.ts";
import "./property.ts";
import "./classmethod.ts";
import "./code.ts";
import "./singletons.ts";
import "./module.ts";
import "./super.ts";
import "./mappingproxy.ts";
import "./generic.ts";
