namespace Decant.Cli.Tests;

public sealed class ServerSettingsTests
{
    [Theory]
    [InlineData]
    [InlineData("--Jobs:Workers", "4")]
    [InlineData("--jobs:workers=4", "--PublicBaseUrl", "https://media.example.org")]
    [InlineData("--Egress:AllowedNetworks:0=127.0.0.0/8")]
    public void Settings_pass(params string[] arguments) => Assert.Null(ServerSettings.FindStray(arguments));

    [Theory]
    [InlineData("--port", "--port", "9000")]
    [InlineData("--url=http://0.0.0.0:80", "--url=http://0.0.0.0:80")]
    [InlineData("9000", "--Jobs:Workers", "4", "9000")]
    [InlineData("-v", "-v")]
    [InlineData("--Jobs:Workers", "--Jobs:Workers")]
    public void Anything_else_is_named_rather_than_ignored(string stray, params string[] arguments) =>
        Assert.Equal(stray, ServerSettings.FindStray(arguments));
}
