using Microsoft.AspNetCore.Http.Features;

namespace Decant.Server.Mcp.Calls;

/// <summary>The answer's head, and what is to be let go of when a call is over: buffers of its body, for one. No server does it for a call from within.</summary>
internal sealed class CallEnding : HttpResponseFeature
{
    private readonly Stack<(Func<object, Task> Callback, object State)> _atTheEnd = new();

    public override void OnCompleted(Func<object, Task> callback, object state) => _atTheEnd.Push((callback, state));

    public async Task EndAsync()
    {
        while (_atTheEnd.TryPop(out var one))
        {
            await one.Callback(one.State);
        }
    }
}
