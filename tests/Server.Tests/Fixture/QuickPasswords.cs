using Decant.Server.Tests.Fixture;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

[assembly: HostingStartup(typeof(QuickPasswords))]

namespace Decant.Server.Tests.Fixture;

/// <summary>Hashes of passwords that cost nothing: as operators have them they took a tenth of the run's processor time.</summary>
public sealed class QuickPasswords : IHostingStartup
{
    /// <summary>Has a server take it in.</summary>
    public static readonly string Setting =
        $"--{WebHostDefaults.HostingStartupAssembliesKey}={typeof(QuickPasswords).Assembly.GetName().Name}";

    public void Configure(IWebHostBuilder builder) =>
        builder.ConfigureServices(services =>
            services.PostConfigure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1)
        );
}
