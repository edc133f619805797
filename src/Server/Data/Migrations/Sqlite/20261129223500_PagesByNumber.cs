using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Decant.Server.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class PagesByNumber : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "Charges",
                table: "Ledger",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.Sql(
                """
                UPDATE "Ledger" SET "Charges" = counts."Charges"
                FROM (
                    SELECT "Id",
                        SUM(CASE WHEN "Kind" = 'Charge' AND "JobId" IS NOT NULL THEN 1 ELSE 0 END) OVER purse AS "Charges"
                    FROM "Ledger"
                    WINDOW purse AS (PARTITION BY "AccountId", "Purse" ORDER BY "Number")
                ) AS counts
                WHERE counts."Id" = "Ledger"."Id"
                """);

            migrationBuilder.CreateIndex(
                name: "IX_Ledger_Charges",
                table: "Ledger",
                columns: new[] { "AccountId", "Purse", "Charges" },
                filter: "\"Kind\" = 'Charge' AND \"JobId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Ledger_Grants",
                table: "Ledger",
                columns: new[] { "AccountId", "Purse", "Number" },
                filter: "\"Kind\" = 'Grant'");

            migrationBuilder.CreateIndex(
                name: "IX_Jobs_AccountId_Platform_Format_Status",
                table: "Jobs",
                columns: new[] { "AccountId", "Platform", "Format", "Status" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Ledger_Charges",
                table: "Ledger");

            migrationBuilder.DropIndex(
                name: "IX_Ledger_Grants",
                table: "Ledger");

            migrationBuilder.DropIndex(
                name: "IX_Jobs_AccountId_Platform_Format_Status",
                table: "Jobs");

            migrationBuilder.DropColumn(
                name: "Charges",
                table: "Ledger");
        }
    }
}
