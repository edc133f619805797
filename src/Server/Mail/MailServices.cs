using Decant.Server.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Decant.Server.Mail;

internal static class MailServices
{
    public static void AddMail(this WebApplicationBuilder builder)
    {
        builder.AddSettings<SmtpOptions>("Smtp");
        builder.Services.AddSingleton<MailSender>();
    }
}
