using Decant.Server.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Decant.Server.Billing;

internal static class BillingServices
{
    public static void AddBilling(this WebApplicationBuilder builder)
    {
        builder.AddSettings<BillingOptions>("Billing");
        builder.Services.AddSingleton<Pricing>();
        builder.Services.AddSingleton<Ledger>();
        builder.Services.AddScoped<Statement>();
    }
}
