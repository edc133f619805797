using System.IO.Pipelines;

namespace Decant.Lab.Proxy;

internal sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
