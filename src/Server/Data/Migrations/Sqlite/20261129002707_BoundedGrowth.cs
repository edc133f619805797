using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Decant.Server.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class BoundedGrowth : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "JobEvents");

            migrationBuilder.DropIndex(
                name: "IX_Ledger_AccountId_Purse_Id",
                table: "Ledger");

            migrationBuilder.DropIndex(
                name: "IX_Jobs_ExpiresAt",
                table: "Jobs");

            migrationBuilder.AddColumn<long>(
                name: "Balance",
                table: "Ledger",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "Charged",
                table: "Ledger",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "Granted",
                table: "Ledger",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "Number",
                table: "Ledger",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.Sql(
                """
                UPDATE "Ledger" SET
                    "Balance" = sums."Balance", "Granted" = sums."Granted", "Charged" = sums."Charged", "Number" = sums."Number"
                FROM (
                    SELECT "Id",
                        SUM("Amount") OVER purse AS "Balance",
                        SUM(CASE WHEN "Kind" = 'Grant' THEN "Amount" ELSE 0 END) OVER purse AS "Granted",
                        SUM(CASE WHEN "Kind" = 'Charge' THEN -"Amount" ELSE 0 END) OVER purse AS "Charged",
                        ROW_NUMBER() OVER purse AS "Number"
                    FROM "Ledger"
                    WINDOW purse AS (PARTITION BY "AccountId", "Purse" ORDER BY "Id")
                ) AS sums
                WHERE sums."Id" = "Ledger"."Id"
                """);

            migrationBuilder.CreateIndex(
                name: "IX_Ledger_AccountId_Purse_Number",
                table: "Ledger",
                columns: new[] { "AccountId", "Purse", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Jobs_AccountId_BilledTo_Held",
                table: "Jobs",
                columns: new[] { "AccountId", "BilledTo", "Held" },
                filter: "\"Held\" > 0");

            migrationBuilder.CreateIndex(
                name: "IX_Jobs_AccountId_CompletedAt",
                table: "Jobs",
                columns: new[] { "AccountId", "CompletedAt" },
                filter: "\"CompletedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Jobs_ExpiresAt",
                table: "Jobs",
                column: "ExpiresAt",
                filter: "\"FilesRemovedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Jobs_Processing",
                table: "Jobs",
                columns: new[] { "AccountId", "Id" },
                filter: "\"Status\" = 'Processing'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Ledger_AccountId_Purse_Number",
                table: "Ledger");

            migrationBuilder.DropIndex(
                name: "IX_Jobs_AccountId_BilledTo_Held",
                table: "Jobs");

            migrationBuilder.DropIndex(
                name: "IX_Jobs_AccountId_CompletedAt",
                table: "Jobs");

            migrationBuilder.DropIndex(
                name: "IX_Jobs_ExpiresAt",
                table: "Jobs");

            migrationBuilder.DropIndex(
                name: "IX_Jobs_Processing",
                table: "Jobs");

            migrationBuilder.DropColumn(
                name: "Balance",
                table: "Ledger");

            migrationBuilder.DropColumn(
                name: "Charged",
                table: "Ledger");

            migrationBuilder.DropColumn(
                name: "Granted",
                table: "Ledger");

            migrationBuilder.DropColumn(
                name: "Number",
                table: "Ledger");

            migrationBuilder.CreateTable(
                name: "JobEvents",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    JobId = table.Column<long>(type: "INTEGER", nullable: false),
                    Type = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_JobEvents", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Ledger_AccountId_Purse_Id",
                table: "Ledger",
                columns: new[] { "AccountId", "Purse", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Jobs_ExpiresAt",
                table: "Jobs",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_JobEvents_CreatedAt",
                table: "JobEvents",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_JobEvents_JobId",
                table: "JobEvents",
                column: "JobId");
        }
    }
}
