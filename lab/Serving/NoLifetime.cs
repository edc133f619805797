using Microsoft.Extensions.Hosting;

namespace Decant.Lab.Serving;

/// <summary>Leaves the process's signals alone: a lab inside a test host has no business catching its Ctrl-C.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
