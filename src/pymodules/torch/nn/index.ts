/** `torch.nn` and what lies below it: its parts are loaded when one of their names is first asked for. */
import { PyBuiltin } from "../../../python/objects/function.ts";
import { PyList } from "../../../python/objects/list.ts";
import type { PyModule } from "../../../python/objects/module.ts";
import type { Value } from "../../../python/objects/object.ts";
import { signed } from "../../../python/objects/signature.ts";
import { runtime } from "../../../python/objects/state.ts";
import { throwAttributeError } from "../../../python/operations/attributes.ts";
import { parameterType } from "../tensor.ts";

/** The classes of each part. */
const PARTS: Readonly<Record<string, string>> = {
  module: "Module",
  containers: "Sequential ModuleList ModuleDict ParameterList ParameterDict",
  linear:
    "Identity Linear Bilinear Embedding EmbeddingBag Dropout Dropout1d Dropout2d Dropout3d AlphaDropout Flatten Unflatten CosineSimilarity PairwiseDistance Fold Unfold PixelUnshuffle ChannelShuffle LocalResponseNorm",
  normalization:
    "LayerNorm RMSNorm GroupNorm BatchNorm1d BatchNorm2d BatchNorm3d InstanceNorm1d InstanceNorm2d InstanceNorm3d",
  convolution: "Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d",
  pooling:
    "MaxPool1d MaxPool2d MaxPool3d MaxUnpool2d AvgPool1d AvgPool2d AvgPool3d AdaptiveAvgPool1d AdaptiveAvgPool2d AdaptiveMaxPool1d AdaptiveMaxPool2d LPPool1d LPPool2d PixelShuffle Upsample UpsamplingNearest2d UpsamplingBilinear2d ConstantPad1d ConstantPad2d ConstantPad3d ZeroPad2d ReflectionPad1d ReflectionPad2d ReplicationPad1d ReplicationPad2d CircularPad1d CircularPad2d",
  recurrent: "RNN GRU LSTM RNNCell GRUCell LSTMCell",
  attention:
    "MultiheadAttention TransformerEncoderLayer TransformerDecoderLayer TransformerEncoder TransformerDecoder Transformer",
  activation:
    "ReLU ReLU6 LeakyReLU RReLU ELU SELU CELU GELU SiLU Mish Sigmoid Tanh LogSigmoid Softplus Softsign Tanhshrink Softshrink Hardshrink Hardtanh Hardsigmoid Hardswish GLU Softmax Softmax2d LogSoftmax Softmin PReLU Threshold",
  loss: "MSELoss L1Loss SmoothL1Loss HuberLoss CrossEntropyLoss NLLLoss BCELoss BCEWithLogitsLoss KLDivLoss CosineEmbeddingLoss MarginRankingLoss HingeEmbeddingLoss TripletMarginLoss TripletMarginWithDistanceLoss PoissonNLLLoss GaussianNLLLoss MultiMarginLoss MultiLabelMarginLoss SoftMarginLoss MultiLabelSoftMarginLoss CTCLoss",
};

/** What PyTorch has and is not here, with what comes nearest. */
const MISSING: Readonly<Record<string, string>> = {
  ConvTranspose3d: "ConvTranspose2d",
  AdaptiveAvgPool3d: "AvgPool3d",
  AdaptiveMaxPool3d: "MaxPool3d",
  LazyLinear: "Linear",
  LazyConv2d: "Conv2d",
  SyncBatchNorm: "BatchNorm2d",
  DataParallel: "the module itself",
  AdaptiveLogSoftmaxWithLoss: "CrossEntropyLoss",
};

let homes: ReadonlyMap<string, string> | undefined;

/** Which part a name is of. */
function homeOf(name: string): string | undefined {
  homes ??= new Map(
    Object.entries(PARTS).flatMap(([part, names]) =>
      names.split(" ").map((one) => [one, part] as const),
    ),
  );
  return homes.get(name);
}

const SUBMODULES = new Set(["functional", "init", "utils"]);

/** Fills `torch.nn`. */
export function fillNn(module: PyModule): void {
  module.set("__path__", "torch.nn");
  module.set("parameter", runtime().load("torch.nn.parameter"));
  module.set("Parameter", parameterType);
  const lazily = (name: Value): Value => {
    const text = String(name);
    const part = homeOf(text);
    const found = SUBMODULES.has(text)
      ? runtime().load(`torch.nn.${text}`)
      : part === undefined
        ? undefined
        : runtime().load(`torch.nn._${part}`).get(text);
    if (found !== undefined) {
      module.set(text, found);
      return found;
    }
    const nearest = MISSING[text];
    const hint = nearest === undefined ? "" : `: it is not here; nearest: torch.nn.${nearest}`;
    return throwAttributeError(module, text, `module 'torch.nn' has no attribute '${text}'${hint}`);
  };
  module.set("__getattr__", new PyBuiltin("__getattr__", signed("name", lazily)));
  const names = [...Object.values(PARTS).flatMap((part) => part.split(" ")), ...SUBMODULES];
  module.set("__all__", new PyList([...names, "Parameter", "parameter"]));
}

/** Fills `torch.nn.parameter`. */
export function fillParameter(module: PyModule): void {
  module.set("Parameter", parameterType);
}
