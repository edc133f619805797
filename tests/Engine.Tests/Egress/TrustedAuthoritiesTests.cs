using Decant.Engine.Egress;
using Microsoft.AspNetCore.Http;

namespace Decant.Engine.Tests.Egress;

public sealed class TrustedAuthoritiesTests
{
    [Fact]
    public async Task A_certificate_of_the_operators_authority_is_trusted_and_of_another_is_not()
    {
        using var ours = new TestAuthority();
        using var theirs = new TestAuthority();
        await using var good = await Origin.StartAsync(
            context => context.Response.WriteAsync("hello"),
            certificate: ours.Issue("127.0.0.1")
        );
        await using var bad = await Origin.StartAsync(
            context => context.Response.WriteAsync("hello"),
            certificate: theirs.Issue("127.0.0.1")
        );
        await using var misnamed = await Origin.StartAsync(
            context => context.Response.WriteAsync("hello"),
            certificate: ours.Issue("other.example")
        );
        await using var gate = Gates.Open(
            new EgressOptions { AllowedNetworks = ["127.0.0.1/32"], CaFile = ours.PemPath }
        );
        Assert.Equal("hello", await gate.Http.GetStringAsync(good.Url));
        foreach (var origin in new[] { bad, misnamed })
        {
            var error = await Assert.ThrowsAsync<HttpRequestException>(() => gate.Http.GetStringAsync(origin.Url));
            Assert.Equal(HttpRequestError.SecureConnectionError, error.HttpRequestError);
            Assert.Equal(0, origin.Hits);
        }
    }

    [Fact]
    public async Task The_bundle_for_children_holds_the_systems_authorities_and_the_operators_and_goes_with_the_gate()
    {
        using var authority = new TestAuthority();
        await using var gate = Gates.Open(new EgressOptions { CaFile = authority.PemPath });
        await gate.CaBundleWritten;
        var bundle = await File.ReadAllTextAsync(gate.CaBundle!);
        Assert.Contains((await File.ReadAllTextAsync(authority.PemPath)).Trim(), bundle);
        Assert.True(bundle.Split("BEGIN CERTIFICATE").Length > 50, "The system's authorities are missing.");
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            new FileInfo(gate.CaBundle!).Directory?.UnixFileMode
        );
        await gate.DisposeAsync();
        Assert.False(Directory.Exists(Path.GetDirectoryName(gate.CaBundle)));
    }

    [Fact]
    public async Task Without_a_file_of_the_operators_the_systems_own_serves()
    {
        await using var gate = Gates.Open();
        Assert.Null(gate.CaBundle);
    }

    [Fact]
    public async Task A_file_that_is_missing_or_holds_no_certificate_is_named_with_its_setting()
    {
        var empty = Path.GetTempFileName();
        var broken = Path.GetTempFileName();
        await File.WriteAllTextAsync(broken, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        foreach (var path in new[] { "/nowhere/ca.pem", Path.GetTempPath(), empty, broken })
        {
            var error = Assert.Throws<EgressSettingException>(() => Gates.Open(new EgressOptions { CaFile = path }));
            Assert.StartsWith($"Egress__CaFile: '{path}'", error.Message);
        }
        File.Delete(empty);
        File.Delete(broken);
    }

    [Fact]
    public async Task Where_the_file_is_read_beside_the_start_its_first_use_tells_what_is_wrong_with_it()
    {
        var empty = Path.GetTempFileName();
        await using var gate = Gates.Open(new EgressOptions { CaFile = empty, DefersAuthorities = true });

        Assert.StartsWith($"Egress__CaFile: '{empty}'", Assert.Throws<EgressSettingException>(() => gate.Http).Message);
        await Assert.ThrowsAsync<EgressSettingException>(() => gate.CaBundleWritten);
        File.Delete(empty);
    }
}
