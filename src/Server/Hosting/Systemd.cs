using System.Globalization;
using Decant.Server.Background;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting.Systemd;

namespace Decant.Server.Hosting;

internal static class Systemd
{
    /// <summary>Tells systemd when the server is ready and when it stops, and keeps its watchdog quiet (<c>sd_notify(3)</c>). Without <c>NOTIFY_SOCKET</c> nothing is told.</summary>
    public static void AddSystemdNotices(this WebApplicationBuilder builder)
    {
        // The package's own AddSystemd looks at the parent's name instead, and misses a container and other supervisors.
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NOTIFY_SOCKET")))
        {
            return;
        }

        builder.Services.AddSingleton<ISystemdNotifier, SystemdNotifier>();
        builder.Services.AddSingleton<IHostLifetime, SystemdLifetime>();
        if (
            WatchdogPeriod(
                Environment.GetEnvironmentVariable("WATCHDOG_USEC"),
                Environment.GetEnvironmentVariable("WATCHDOG_PID"),
                Environment.ProcessId
            ) is
            { } period
        )
        {
            builder.Services.AddHostedService(provider => new SystemdWatchdog(
                period,
                provider.GetRequiredService<ISystemdNotifier>(),
                provider.GetRequiredService<LoopServices>()
            ));
        }
    }

    /// <summary>Interval of the watchdog's notices, half of what the unit allows as <c>sd_watchdog_enabled(3)</c> recommends; null where no watchdog waits for this process.</summary>
    /// <param name="microseconds"><c>WATCHDOG_USEC</c>.</param>
    /// <param name="process"><c>WATCHDOG_PID</c>; without it any process of the service is meant.</param>
    /// <param name="own">Id of this process.</param>
    public static TimeSpan? WatchdogPeriod(string? microseconds, string? process, int own) =>
        long.TryParse(microseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var allowed)
        && allowed > 1
        && (string.IsNullOrEmpty(process) || process == own.ToString(CultureInfo.InvariantCulture))
            ? TimeSpan.FromMicroseconds(allowed / 2)
            : null;
}

/// <summary>Sign of life for systemd: a server whose loops no longer run is started again.</summary>
internal sealed class SystemdWatchdog(TimeSpan every, ISystemdNotifier notifier, LoopServices services)
    : PeriodicLoop(every, services, atOnce: true)
{
    private static readonly ServiceState Alive = new("WATCHDOG=1");

    public override Task RunAsync(CancellationToken cancellationToken)
    {
        notifier.Notify(Alive);
        return Task.CompletedTask;
    }
}
