using Decant.Engine.Children.Sandbox;

namespace Decant.Engine.Tests.Children.Sandbox;

public sealed class SandboxCheckTests
{
    [Theory]
    [InlineData(SandboxLayers.Files, "only their own files")]
    [InlineData(SandboxLayers.Ports, "only their own port")]
    [InlineData(SandboxLayers.Scope, "no signals and abstract sockets of others")]
    [InlineData(SandboxLayers.Calls, "no dangerous system calls")]
    [InlineData(SandboxLayers.Privileges, "no capabilities")]
    internal async Task A_layer_that_does_not_hold_is_named(SandboxLayers missing, string name)
    {
        var part = await SandboxCheck.CheckAsync(new SandboxOptions { LeftOut = missing });

        Assert.False(part.Present);
        Assert.True(part.Optional);
        Assert.Contains(name, part.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_a_condition_where_the_operator_requires_it()
    {
        var part = await SandboxCheck.CheckAsync(new SandboxOptions { LeftOut = SandboxLayers.Calls, Required = true });

        Assert.False(part.Present || part.Optional);
    }

    [Fact]
    public async Task Look_ups_that_stay_root_are_reported()
    {
        var part = await SandboxCheck.CheckAsync(new SandboxOptions(), areLookUpsRoot: true);

        Assert.False(part.Present);
        Assert.Contains("JavaScript__Folder", part.Detail, StringComparison.Ordinal);
    }
}
