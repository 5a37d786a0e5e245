export function stateBytes(g:{nLayers:number;nKvHeads:number;headDim:number},n:number,nStream=1):number{ return 12+4*n+4+4*nStream+12*n+8+g.nLayers*2*(12+n*g.nKvHeads*g.headDim*2); }
