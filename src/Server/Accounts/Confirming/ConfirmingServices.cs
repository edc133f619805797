using Decant.Server.Mail;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;

namespace Decant.Server.Accounts.Confirming;

internal static class ConfirmingServices
{
    public static void AddConfirming(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<Confirmations>();
        services.AddSingleton<ConfirmationLinks>();
        if (string.IsNullOrEmpty(builder.Configuration["Smtp:Host"]))
        {
            return;
        }

        services.AddHostedService<ConfirmationMails>();
        services
            .AddOptions<SmtpOptions>()
            .Validate<IConfiguration>(
                (_, configuration) => !string.IsNullOrEmpty(configuration["PublicBaseUrl"]),
                "Setting PublicBaseUrl: mail has links in it, and what a request calls the server may be a stranger's invention. Give the whole address that people use, such as https://media.example.org."
            );
    }
}
