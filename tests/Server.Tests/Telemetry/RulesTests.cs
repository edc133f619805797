using System.Diagnostics;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Telemetry;

public sealed class RulesTests
{
    [Theory]
    [InlineData("check", "rules", "decant.rules.yml")]
    [InlineData("test", "rules", "decant.rules.test.yml")]
    [InlineData("check", "config", "--syntax-only", "prometheus.yml")]
    public async Task Prometheus_takes_the_rules_and_they_say_what_they_should(params string[] arguments)
    {
        using var promtool = Process.Start(
            new ProcessStartInfo("/usr/bin/promtool", arguments)
            {
                WorkingDirectory = Path.Combine(Repository.Root, "ops", "prometheus"),
                UseShellExecute = false,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        )!;
        var said = promtool.StandardOutput.ReadToEndAsync();
        var errors = await promtool.StandardError.ReadToEndAsync();
        await promtool.WaitForExitAsync();

        Assert.True(promtool.ExitCode == 0, await said + errors);
    }
}
