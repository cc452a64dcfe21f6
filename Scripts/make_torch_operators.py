#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Makes TorchOperatorNames.swift from the torch that is installed (2.13.0)."""

import torch, re
ns={'aten','prim','quantized','_quantized','prepacked','mkldnn','mkldnn_prepacked','sparse','onednn','quantized_decomposed','rnn','metal_prepack'}
bad=re.compile(r'from_file|^save$|load|rpc|fork|awaitable|open|url|profil|BailOut|RecordFunction|python|PythonOp|CudaFusion|FusionGroup|DifferentiableGraph')
d={}
for s in torch._C._jit_get_all_schemas():
    n,o=s.name.split('::') if '::' in s.name else (None,None)
    if n in ns and not bad.search(o): d.setdefault(n,set()).add(o)
import torch.ao.quantization.fx._decomposed
for n in dir(torch._C._VariableFunctions): pass
d['prim'] |= set('RaiseException data requires_grad device dtype layout grad is_cuda is_cpu type name itemsize TupleIndex TupleUnpack ListUnpack NumToTensor unchecked_cast Uninitialized min max abs sqrt ModuleContainerIndex isinstance tolist is_meta is_sparse is_quantized shape rangelist AutogradZero AutogradAnyNonZero AutogradAdd ConstantChunk ConstantMKLDNNTensor BroadcastSizes ReductionSizes Print CallFunction CallMethod'.split())
print({k:len(v) for k,v in d.items()})
import textwrap
body='\n'.join('    '+k+' '+line for k in sorted(d) for line in textwrap.wrap(' '.join(sorted(d[k])),180))
open('Sources/Admit/Scan/Formats/Torch/TorchOperatorNames.swift','w').write(f'''// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors
// swift-format-ignore-file

/// Made from torch 2.13's `torch._C._jit_get_all_schemas()`, without what reads or writes files, calls other machines or
/// starts threads: do not edit.
enum TorchOperatorNames {{
  static let lines = """
{body}
    """
}}
''')
